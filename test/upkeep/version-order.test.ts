import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareVersions, isPrerelease } from '../../src/upkeep/outdated/version-order.js'
import { versionPattern, versionsIn } from '../../src/upkeep/outdated/version-pattern.js'

describe('the order of versions', () => {
  test.each([
    ['1.2.9', '1.2.10'],
    ['1.2', '1.2.1'],
    ['1.2-rc1', '1.2'],
    ['1.2-rc2', '1.2-rc10'],
    ['1.2-beta', '1.2-rc1'],
    ['3.13.0b2', '3.13.0'],
    ['1.1.1', '1.1.1w'],
    ['9.5p1', '9.6p1'],
    ['9.6', '9.6p1'],
    ['2023.12', '2024.01'],
    ['99999999999999999999', '100000000000000000000'],
    ['1.0.dev1', '1.0']
  ])('%s comes before %s', (a, b) => {
    expect(compareVersions(a, b)).toBeLessThan(0)
    expect(compareVersions(b, a)).toBeGreaterThan(0)
  })

  test.each([
    ['1.02', '1.2'],
    ['1_2-3', '1.2.3'],
    ['1.2RC1', '1.2-rc-1']
  ])('%s and %s are one', (a, b) => {
    expect(compareVersions(a, b)).toBe(0)
  })

  test('is one order, whatever the versions', () => {
    const version = fc.stringMatching(/^[0-9]{1,2}([.-]?([0-9]{1,2}|rc|a|b|dev|w)){0,4}$/)
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        expect(Math.sign(compareVersions(a, b)) + Math.sign(compareVersions(b, a))).toBe(0)
        if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0) {
          expect(compareVersions(a, c)).toBeLessThanOrEqual(0)
        }
      })
    )
  })

  test('knows versions before a release', () => {
    expect(['1.0rc1', '1.0-alpha', '3.13.0a1', '2.0.dev3'].every(isPrerelease)).toBe(true)
    expect(['1.0', '1.1.1w', '9.5p1', '1.0a', '1.0+git'].map(isPrerelease)).toEqual([
      false,
      false,
      false,
      false,
      true
    ])
  })
})

describe('versions in names', () => {
  test.each([
    ['zlib-{version}.tar.gz', 'zlib-1.3.1.tar.gz', '1.3.1'],
    ['v{version}', 'v1.3', '1.3'],
    ['boost_{version_under}.tar', 'boost_1_84_0.tar', '1.84.0'],
    ['openssl-{version_dash}.tar', 'openssl-3-2.tar', '3.2'],
    ['{version_major_minor}', '1.30', '1.30']
  ])('%s of %s', (segment, name, version) => {
    const pattern = versionPattern(segment)
    expect(pattern && versionsIn(pattern, [name])).toEqual([{ name, version }])
  })

  test.each([
    ['zlib-{version}.tar.gz', 'zlib-.tar.gz'],
    ['zlib-{version}.tar.gz', 'zlib-1.tar.xz'],
    ['zlib-{version}.tar.gz', 'zlib-latest.tar.gz'],
    ['{version}', '1\u001b[31m'],
    ['{version}', '$(reboot)1'],
    ['{version}', '-1'],
    ['{version}', `1${'.1'.repeat(100)}`],
    ['{version_major}', '1.2']
  ])('%s is not in %j', (segment, name) => {
    const pattern = versionPattern(segment)
    expect(pattern && versionsIn(pattern, [name])).toEqual([])
  })

  test.each(['plain', '{version}-{version}', '{format}', '{file}'])('%s tells none', (segment) => {
    expect(versionPattern(segment)).toBeUndefined()
  })
})
