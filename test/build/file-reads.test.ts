import {
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished, describe, expect, it } from 'vitest'
import { watchReads } from '../../src/build/execute/file-reads.js'

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'stagex-reads-'))
  onTestFinished(() => {
    rmSync(path, { recursive: true })
  })
  for (const name of ['read', 'unread', 'changed', 'removed', 'looked-at']) {
    writeFileSync(join(path, name), 'content')
  }
  symlinkSync('read', join(path, 'followed'))
  symlinkSync('read', join(path, 'other'))
  return path
}

describe('watching what is read', () => {
  const paths = [
    'read',
    'unread',
    'changed',
    'removed',
    'looked-at',
    'followed',
    'other',
    'missing'
  ]

  it('tells of files that were read, changed or removed, and of no others', () => {
    const root = folder()
    const reads = watchReads(root, paths)
    readFileSync(join(root, 'read'))
    readlinkSync(join(root, 'followed'))
    writeFileSync(join(root, 'changed'), 'more')
    rmSync(join(root, 'removed'))
    statSync(join(root, 'looked-at'))
    expect([...reads.read()].sort()).toEqual(['changed', 'followed', 'read', 'removed'])
  })

  it('leaves times of change as they were, within a microsecond, and nothing of its own', () => {
    const root = folder()
    const before = statSync(join(root, 'read')).mtimeMs
    watchReads(root, paths)
    expect(Math.abs(statSync(join(root, 'read')).mtimeMs - before)).toBeLessThan(0.001)
    expect(() => statSync(join(root, '.stagex-read-probe'))).toThrow()
  })
})
