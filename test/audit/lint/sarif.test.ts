import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { rules } from '../../../src/audit/lint/rules.js'
import { sarifLog } from '../../../src/audit/lint/sarif.js'
import { lintTree } from './lint-tree.js'

const level = z.enum(['none', 'note', 'warning', 'error'])
const message = z.strictObject({ text: z.string().min(1) })

/** The parts of the SARIF 2.1.0 schema that a log of ours has, each closed as the schema closes it. */
const log = z.strictObject({
  $schema: z.url(),
  version: z.literal('2.1.0'),
  runs: z.array(
    z.strictObject({
      tool: z.strictObject({
        driver: z.strictObject({
          name: z.string().min(1),
          rules: z.array(
            z.strictObject({
              id: z.string(),
              shortDescription: message,
              fullDescription: message,
              defaultConfiguration: z.strictObject({ level })
            })
          )
        })
      }),
      columnKind: z.enum(['utf16CodeUnits', 'unicodeCodePoints']),
      originalUriBaseIds: z.record(z.string(), z.strictObject({ description: message })),
      results: z.array(
        z.strictObject({
          ruleId: z.string(),
          ruleIndex: z.int().min(-1),
          level,
          message,
          locations: z.array(
            z.strictObject({
              physicalLocation: z.strictObject({
                artifactLocation: z.strictObject({
                  uri: z.string().regex(/^[\w.~%/-]+$/),
                  uriBaseId: z.literal('TREE')
                }),
                region: z
                  .strictObject({ startLine: z.int().min(1), startColumn: z.int().min(1) })
                  .optional()
              })
            })
          )
        })
      )
    })
  )
})

describe('a SARIF log', () => {
  it('has the structure of the standard, with findings and without', async () => {
    const findings = await lintTree({
      'user/data/package.toml': '[package]\nname = "other"\nlicense = "none of them"\n',
      'user/data/Containerfile': 'FROM debian\nRUN ["/bin/true"]\n',
      'user/strange name/package.toml': ''
    })
    expect(findings.length).toBeGreaterThan(3)
    for (const some of [findings, []]) {
      const parsed = log.parse(JSON.parse(JSON.stringify(sarifLog(some, rules))))
      const [run] = parsed.runs
      expect(run?.results).toHaveLength(some.length)
      for (const { ruleId, ruleIndex } of run?.results ?? []) {
        expect(run?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId)
      }
    }
  })
})
