import { describe, expect, it } from 'vitest'
import { DependencyUse } from '../../src/build/image/dependency-use.js'
import type { ListingEntry } from '../../src/build/snapshot/listing.js'

function files(...paths: readonly string[]): ListingEntry[] {
  const facts = { recorded: true, mode: 0o644, uid: 0, gid: 0, mtime: 1 }
  return paths.map((path) => ({ path, type: 'file', ...facts }))
}

/** A stage 0 with a copy from `zlib` in line 2 and one from `perl` in line 3. */
function twoCopies(): DependencyUse {
  const use = new DependencyUse()
  use.begin(0, undefined)
  use.copied(0, { line: 2, reference: 'zlib' }, files('lib/libz.a', 'include/zlib.h'))
  use.copied(0, { line: 3, reference: 'perl' }, files('bin/perl', 'lib/shared'))
  return use
}

function unread(use: DependencyUse): number[] {
  return use.copies().flatMap(({ isRead, line }) => (isRead ? [] : [line]))
}

describe('the use of dependencies', () => {
  it('is seen when one file of a copy is read', () => {
    const use = twoCopies()
    use.executed(0, new Set(['lib/libz.a']))
    expect(unread(use)).toEqual([3])
    expect(use.unreadPaths(0)).toEqual(['bin/perl', 'lib/shared'])
  })

  it('is of no interest where nothing is executed', () => {
    expect(twoCopies().copies()).toEqual([])
  })

  it('is that of the copy that came last, where two have one path', () => {
    const use = twoCopies()
    use.copied(0, { line: 4, reference: 'other' }, files('lib/shared'))
    use.executed(0, new Set(['lib/shared', 'lib/libz.a']))
    expect(unread(use)).toEqual([3])
  })

  it('is nobody’s where a step has replaced or removed the file', () => {
    const use = twoCopies()
    use.changed(0, [...files('bin/perl'), { path: 'lib', type: 'deleted' }])
    use.executed(0, new Set(['bin/perl', 'lib/shared', 'include/zlib.h']))
    expect(use.unreadPaths(0)).toEqual([])
    expect(unread(use)).toEqual([])
  })

  it('may come from a stage on top', () => {
    const use = twoCopies()
    use.begin(1, 0)
    use.executed(1, new Set(['bin/perl']))
    expect(unread(use)).toEqual([2])
  })

  it.each([
    ['.', []],
    ['/', []],
    ['/bin/perl', [2]],
    ['bin/', [2]],
    ['/b*', []],
    ['/bin/*', [2]],
    ['/bin/per', [2, 3]],
    ['/usr', [2, 3]]
  ])('is also that another stage takes %s', (source, left) => {
    const use = twoCopies()
    use.executed(0, new Set())
    use.takenFrom(0, source)
    expect(unread(use)).toEqual(left)
  })

  it('of folders alone is not to be seen', () => {
    const use = new DependencyUse()
    use.begin(0, undefined)
    const folder = {
      type: 'directory',
      recorded: true,
      mode: 0o755,
      uid: 0,
      gid: 0,
      mtime: 1
    } as const
    use.copied(0, { line: 2, reference: 'filesystem' }, [{ path: 'usr', ...folder }])
    use.executed(0, new Set())
    expect(use.copies()).toEqual([])
  })
})
