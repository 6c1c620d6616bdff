import {
  type Field,
  PACKAGE_FIELDS,
  ROOT_FIELDS,
  SOURCE_FIELDS,
  SOURCE_KEY
} from './definition-fields.js'

/** A part of a JSON Schema (draft 2020-12). */
export type JsonSchema = Readonly<Record<string, unknown>>

/**
 * The JSON Schema of package.toml, for editors: made from the same fields that loading checks. Members
 * stand in a fixed order. It cannot say what depends on other files, nor what a placeholder becomes.
 */
export function packageSchema(): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'package.toml',
    description: 'A package of a StageX tree: packages/<stage>/<name>/package.toml',
    ...tableSchema({
      package: {
        ...fieldsSchema(PACKAGE_FIELDS),
        not: { required: ['version', 'version_from'] }
      },
      sources: {
        type: 'object',
        description: 'Files that the build gets in its `fetch` folder.',
        patternProperties: { [SOURCE_KEY.pattern.source]: fieldsSchema(SOURCE_FIELDS) },
        additionalProperties: false
      },
      ...fieldSchemas(ROOT_FIELDS)
    }),
    required: ['package']
  }
}

/** The schema as it is committed, `schema/package.schema.json`: lists of names stand on one line. */
export function formatSchema(schema: JsonSchema): string {
  const text = JSON.stringify(schema, undefined, 2)
  const joined = text.replace(/\[\s*("[\w]+"(?:,\s*"[\w]+")*)\s*\]/g, (_list, names: string) => {
    return `[${names.replace(/\s+/g, ' ')}]`
  })
  return `${joined}\n`
}

function fieldsSchema(fields: readonly Field[]): JsonSchema {
  const required = fields.filter((field) => field.required === true).map((field) => field.key)
  return {
    ...tableSchema(fieldSchemas(fields)),
    required
  }
}

function fieldSchemas(fields: readonly Field[]): JsonSchema {
  return Object.fromEntries(fields.map((field) => [field.key, fieldSchema(field)]))
}

function tableSchema(properties: JsonSchema): JsonSchema {
  return { type: 'object', properties, additionalProperties: false }
}

function fieldSchema(field: Field): JsonSchema {
  const { description } = field
  if (field.shape === 'integer') return { description, type: 'integer' }
  const text = { type: 'string', pattern: field.format.pattern.source }
  const list = {
    type: 'array',
    items: text,
    ...(field.required === true ? { minItems: 1 } : {})
  }
  const shapes = {
    string: text,
    strings: list,
    'string or strings': { oneOf: [text, list] }
  }
  return { description, ...shapes[field.shape] }
}
