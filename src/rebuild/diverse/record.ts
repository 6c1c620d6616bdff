import { mkdirSync, readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import * as z from 'zod'
import { replaceFile } from '../../base/write-file.js'
import { type Digest, hexOf, isDigest } from '../../oci/digest.js'
import type { ComparedResult } from './agreement.js'
import { DiverseError } from './diverse-error.js'
import type { ChainInput } from './recipe.js'

/** What a chain was started from: the seed by its digest, a compiler by what it calls itself. */
export interface ChainStart {
  readonly from: string
  readonly version?: string
  readonly digest?: Digest
}

/** What was seen: these results came out of these inputs, from each of these starts. */
export interface DiverseRecord {
  readonly results: readonly ChainInput[]
  readonly starts: readonly ChainStart[]
  readonly inputs: readonly ChainInput[]
}

const statementType = 'https://in-toto.io/Statement/v1'
const predicateType = 'urn:stagex:diverse-double-compilation:v1'

const digestSet = z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/) })
const described = z.strictObject({ name: z.string().max(300), digest: digestSet })
const start = z.strictObject({
  from: z.string().max(100),
  version: z.string().max(300).optional(),
  digest: digestSet.optional()
})
const statement = z.strictObject({
  _type: z.literal(statementType),
  subject: z.array(described).max(100),
  predicateType: z.literal(predicateType),
  predicate: z.strictObject({
    starts: z.array(start).max(100),
    inputs: z.array(described).max(100)
  })
})

/** The largest file that is read as a record, in bytes. */
const largestRecord = 256 * 1024

/** What a record says of results on which all chains agree. */
export function recordOf(
  results: readonly ComparedResult[],
  starts: readonly ChainStart[],
  inputs: readonly ChainInput[]
): DiverseRecord {
  const agreed = results.flatMap(({ name, identical, digests }) => {
    const digest = Object.values(digests)[0]
    return identical && digest !== undefined ? [{ name, digest }] : []
  })
  return { results: agreed, starts, inputs }
}

/** A record as an in-toto Statement (version 1): JSON with its keys in a fixed order. */
export function formatRecord({ results, starts, inputs }: DiverseRecord): string {
  const document = {
    _type: statementType,
    subject: results.map(resource),
    predicateType,
    predicate: {
      starts: starts.map(({ from, version, digest }) => ({
        from,
        ...(version !== undefined && { version }),
        ...(digest !== undefined && { digest: { sha256: hexOf(digest) } })
      })),
      inputs: inputs.map(resource)
    }
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

/** Writes a record anew; `temporary` as in {@link replaceFile}. */
export function writeRecord(file: string, record: DiverseRecord, temporary: string): void {
  mkdirSync(dirname(file), { recursive: true })
  replaceFile(file, formatRecord(record), temporary)
}

function resource({ name, digest }: ChainInput): unknown {
  return { name, digest: { sha256: hexOf(digest) } }
}

/**
 * Reads a record.
 * @throws DiverseError `diverse/no-record`, `diverse/bad-record`
 */
export function readRecord(file: string): DiverseRecord {
  const size = statSync(file, { throwIfNoEntry: false })?.size
  if (size === undefined) {
    throw new DiverseError('diverse/no-record', 'nothing is recorded', {
      where: file,
      hint: './stagex ddc tcc --write'
    })
  }
  if (size > largestRecord) throw bad(file, `${size} bytes`)
  return parseRecord(readFileSync(file, 'utf8'), file)
}

/** @throws DiverseError `diverse/bad-record` */
export function parseRecord(text: string, where: string): DiverseRecord {
  const parsed = statement.safeParse(jsonOf(text, where))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw bad(where, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`)
  }
  const { subject, predicate } = parsed.data
  return {
    results: subject.map(inputFrom),
    starts: predicate.starts.map(({ from, version, digest }) => ({
      from,
      ...(version !== undefined && { version }),
      ...(digest !== undefined && { digest: digestFrom(digest) })
    })),
    inputs: predicate.inputs.map(inputFrom)
  }
}

function jsonOf(text: string, where: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw bad(where, error instanceof Error ? error.message : String(error))
  }
}

function inputFrom(from: z.infer<typeof described>): ChainInput {
  return { name: from.name, digest: digestFrom(from.digest) }
}

function digestFrom({ sha256 }: z.infer<typeof digestSet>): Digest {
  const digest = `sha256:${sha256}`
  if (!isDigest(digest)) throw new TypeError(digest)
  return digest
}

function bad(where: string, found: string): DiverseError {
  return new DiverseError('diverse/bad-record', 'a record that cannot be read', {
    where,
    expected: `an in-toto Statement about ${predicateType}`,
    found: found.slice(0, 300)
  })
}
