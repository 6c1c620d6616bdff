import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { PACKAGE_FIELDS, SOURCE_FIELDS } from '../../src/tree/definition-fields.js'
import { formatSchema, packageSchema } from '../../src/tree/package-schema.js'
import { PLACEHOLDERS } from '../../src/tree/placeholders.js'

test('the committed schema is the one that loading goes by (STAGEX_UPDATE=1 rewrites it)', () => {
  const path = 'schema/package.schema.json'
  const schema = formatSchema(packageSchema())
  if (process.env['STAGEX_UPDATE'] === '1') writeFileSync(path, schema)
  expect(readFileSync(path, 'utf8')).toBe(schema)
})

describe('the reference page', () => {
  const page = readFileSync('docs/package-toml.md', 'utf8')

  test.each([...PACKAGE_FIELDS, ...SOURCE_FIELDS].map((field) => field.key))(
    'tells of `%s`',
    (key) => {
      expect(page).toContain(`\`${key}\``)
    }
  )

  test.each(PLACEHOLDERS)('tells of {%s}', (name) => {
    expect(page).toContain(`\`{${name}}\``)
  })

  test('says of required fields that they are', () => {
    for (const { key, required } of [...PACKAGE_FIELDS, ...SOURCE_FIELDS]) {
      const row = page.split('\n').find((line) => line.startsWith(`| \`${key}\``))
      if (required === true) expect(row).toMatch(/required/)
    }
  })
})
