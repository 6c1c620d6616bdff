import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { distributionOf } from '../../../src/build/machine/distribution.js'
import type { Finding, Remedy } from '../../../src/build/machine/finding.js'
import { remediesOf } from '../../../src/build/machine/remedy.js'

const lacking = (...remedies: Remedy[]): Finding[] =>
  remedies.map((remedy) => ({
    requirement: 'runtime',
    purpose: '',
    standing: 'missing',
    found: '',
    remedy
  }))

const idMapping: Remedy = { kind: 'package', provision: 'id-mapping' }
const runtime: Remedy = { kind: 'package', provision: 'runtime' }

describe('the distribution', () => {
  it.each([
    ['ID=debian', 'debian'],
    ['ID=ubuntu\nID_LIKE=debian', 'debian'],
    ['ID=linuxmint\nID_LIKE="ubuntu debian"', 'debian'],
    ['ID=fedora', 'fedora'],
    ['ID="rhel"\nID_LIKE="fedora"', 'fedora'],
    ['ID=arch', 'arch'],
    ["ID='endeavouros'\nID_LIKE='arch'", 'arch'],
    ['ID=alpine', 'alpine'],
    ['ID="opensuse-tumbleweed"\nID_LIKE="opensuse suse"', 'suse'],
    ['ID=nixos', undefined],
    ['', undefined]
  ])('%j is of the family %s', (osRelease, family) => {
    expect(distributionOf(osRelease).family).toBe(family)
  })

  it('has the name that it gives itself', () => {
    expect(distributionOf('NAME=Arch\nPRETTY_NAME="Arch Linux"').name).toBe('Arch Linux')
    expect(distributionOf(undefined).name).toBe('an unknown distribution')
  })

  it('is read from any text without failing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(typeof distributionOf(text).name).toBe('string')
      })
    )
  })
})

describe('what is missing', () => {
  it.each([
    ['debian', 'apt-get install -y uidmap crun'],
    ['fedora', 'dnf install -y shadow-utils crun'],
    ['arch', 'pacman -S --needed --noconfirm shadow crun'],
    ['alpine', 'apk add shadow-subids crun'],
    ['suse', 'zypper --non-interactive install shadow crun']
  ])('on %s is one command', (id, command) => {
    const findings = lacking(idMapping, runtime, runtime)
    expect(remediesOf(findings, distributionOf(`ID=${id}`), 0)).toEqual({ command, advice: [] })
    expect(remediesOf(findings, distributionOf(`ID=${id}`), 1000).command).toBe(`sudo ${command}`)
  })

  it('is joined with other commands into one line, each with the rights it needs', () => {
    const findings = lacking(runtime, { kind: 'command', command: 'usermod alice' })
    expect(remediesOf(findings, distributionOf('ID=debian'), 1000).command).toBe(
      'sudo apt-get install -y crun && sudo usermod alice'
    )
  })

  it('on an unknown distribution is told by what it is', () => {
    const findings = lacking(idMapping, { kind: 'advice', text: 'Do something.' })
    expect(remediesOf(findings, distributionOf('ID=x\nNAME=X'), 1000)).toEqual({
      command: undefined,
      advice: ['Install what X calls id-mapping.', 'Do something.']
    })
  })
})
