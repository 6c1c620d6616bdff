import { readFileSync, writeFileSync } from 'node:fs'
import { format } from 'prettier'
import { describe, expect, test } from 'vitest'
import {
  asRecorded,
  caseFile,
  caseNames,
  caseOptions,
  planOf,
  readJson,
  resolveTarget
} from './golden-case.js'
import { recordCase } from './record.js'

const anchor = process.env['STAGEX_ANCHOR']

describe('a Containerfile resolves to the config and history that BuildKit records', () => {
  test.each(caseNames())('%s', async (name) => {
    const options = caseOptions(name)
    if (anchor !== undefined) {
      const recorded = recordCase(anchor, caseFile(name, 'Containerfile'), options)
      const text = await format(JSON.stringify(recorded), { parser: 'json', printWidth: 100 })
      writeFileSync(caseFile(name, 'expected.json'), text)
    }
    const text = readFileSync(caseFile(name, 'Containerfile'), 'utf8')
    const resolved = asRecorded(resolveTarget(planOf(text, options)))
    expect(resolved).toEqual(readJson(caseFile(name, 'expected.json')))
  })
})
