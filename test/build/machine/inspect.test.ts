import { describe, expect, it } from 'vitest'
import type { Finding, Requirement } from '../../../src/build/machine/finding.js'
import { inspectMachine } from '../../../src/build/machine/inspect.js'
import type { Machine } from '../../../src/build/machine/machine.js'
import { refusal, sampleMachine, without } from './sample-machine.js'

async function find(machine: Machine, requirement: Requirement): Promise<Finding> {
  const findings = await inspectMachine(machine)
  const finding = findings.find((each) => each.requirement === requirement)
  if (finding === undefined) throw new Error(`nobody looked for ${requirement}`)
  return finding
}

describe('a machine that has everything', () => {
  it('lacks nothing, and each requirement is looked at once', async () => {
    const findings = await inspectMachine(sampleMachine())
    const names = findings.map(({ requirement }) => requirement)
    expect(new Set(names).size).toBe(names.length)
    expect(findings.filter(({ standing }) => standing === 'missing')).toEqual([])
  })
})

describe('the kernel', () => {
  it.each([
    ['5.10.0-32-amd64', 'missing'],
    ['4.19.0', 'missing'],
    ['5.11.0', 'ok'],
    ['6.1.0-28-amd64', 'ok'],
    ['10.0.0', 'ok']
  ])('%s is %s', async (kernelRelease, standing) => {
    expect((await find(sampleMachine({ kernelRelease }), 'kernel')).standing).toBe(standing)
  })

  it('of another system will not do', async () => {
    const finding = await find(sampleMachine({ platform: 'darwin' }), 'kernel')
    expect(finding).toMatchObject({ standing: 'missing', found: 'darwin' })
  })
})

describe('programs', () => {
  it.each([
    [['unshare'], 'util-linux', 'no unshare'],
    [['mount', 'umount'], 'util-linux', 'no mount, umount'],
    [['newuidmap', 'newgidmap'], 'id-mapping', 'no newuidmap, newgidmap'],
    [['newgidmap'], 'id-mapping', 'no newgidmap'],
    [['runc', 'crun'], 'runtime', 'no crun, no runc']
  ] as const)('%j absent: %s says %s', async (absent, requirement, found) => {
    const finding = await find(sampleMachine({ findProgram: without(...absent) }), requirement)
    expect(finding).toMatchObject({ standing: 'missing', found })
    expect(finding.remedy).toEqual({ kind: 'package', provision: requirement })
  })

  it('of the same name by busybox are not those of util-linux', async () => {
    const answers = { '/usr/bin/unshare': refusal('unshare: unrecognized option: version') }
    const finding = await find(sampleMachine({ answers }), 'util-linux')
    expect(finding).toMatchObject({ standing: 'missing' })
    expect(finding.found).toContain('/usr/bin/unshare is another program')
  })

  it('runc does where crun is absent or does not start', async () => {
    const absent = sampleMachine({ findProgram: without('crun') })
    expect((await find(absent, 'runtime')).found).toBe('runc 1.1.5+ds1')
    const broken = sampleMachine({ answers: { '/usr/bin/crun': new Error('EACCES') } })
    expect((await find(broken, 'runtime')).found).toBe('runc 1.1.5+ds1')
  })

  it('for mapping ids are not needed by root', async () => {
    const machine = sampleMachine({ uid: 0, findProgram: without('newuidmap', 'newgidmap') })
    expect((await find(machine, 'id-mapping')).standing).toBe('ok')
  })

  it('npm may be absent once the checkout is set up', async () => {
    const machine = sampleMachine({ findProgram: without('npm') })
    expect((await find(machine, 'npm')).standing).toBe('degraded')
  })

  it.each([
    ['20.18.3', 'missing'],
    ['18.20.0', 'missing'],
    ['20.19.0', 'ok'],
    ['22.0.0', 'ok']
  ])('Node %s is %s', async (nodeVersion, standing) => {
    expect((await find(sampleMachine({ nodeVersion }), 'node')).standing).toBe(standing)
  })
})

describe('subordinate ids', () => {
  it.each([
    ['alice:100000:65536\n', 'ok'],
    ['1000:100000:65536\n', 'ok'],
    ['alice:100000:32768\nalice:200000:32768\n', 'ok'],
    ['alice:100000:65534\n', 'missing'],
    ['bob:100000:65536\n', 'missing'],
    ['alice:x:65536\nalice\n\n', 'missing'],
    ['', 'missing']
  ])('%j: %s', async (text, standing) => {
    const files = { '/etc/subuid': text }
    expect((await find(sampleMachine({ files }), 'subordinate-ids')).standing).toBe(standing)
  })

  it('are granted behind everybody else’s', async () => {
    const files = { '/etc/subuid': 'bob:100000:65536\ncarol:165536:65536\n', '/etc/subgid': '' }
    const { remedy } = await find(sampleMachine({ files }), 'subordinate-ids')
    expect(remedy).toEqual({
      kind: 'command',
      command: 'usermod --add-subuids 231072-296607 --add-subgids 231072-296607 alice'
    })
  })

  it('are not needed by root', async () => {
    const machine = sampleMachine({ uid: 0, files: { '/etc/subuid': '', '/etc/subgid': '' } })
    expect((await find(machine, 'subordinate-ids')).standing).toBe('ok')
  })
})

describe('a refused user namespace', () => {
  const answers = { unshare: refusal('unshare: unshare failed: Operation not permitted\n') }
  const sysctl = (name: string): string => `/proc/sys/${name.replaceAll('.', '/')}`

  it.each([
    ['user.max_user_namespaces', '0', 'user.max_user_namespaces=15000'],
    ['kernel.unprivileged_userns_clone', '0', 'kernel.unprivileged_userns_clone=1'],
    [
      'kernel.apparmor_restrict_unprivileged_userns',
      '1',
      'kernel.apparmor_restrict_unprivileged_userns=0'
    ]
  ])('is explained by %s = %s', async (name, value, setting) => {
    const files = { [sysctl(name)]: `${value}\n` }
    const { standing, remedy } = await find(sampleMachine({ answers, files }), 'user-namespace')
    expect(standing).toBe('missing')
    expect(remedy).toMatchObject({ kind: 'command' })
    expect(JSON.stringify(remedy)).toContain(setting)
  })

  it('is not blamed on a setting that does not concern root', async () => {
    const files = { [sysctl('kernel.apparmor_restrict_unprivileged_userns')]: '1\n' }
    const machine = sampleMachine({ uid: 0, answers, files })
    expect((await find(machine, 'user-namespace')).remedy?.kind).toBe('advice')
  })

  it('leaves the overlay untried', async () => {
    const { standing, found } = await find(sampleMachine({ answers }), 'overlay')
    expect(standing).toBe('missing')
    expect(found).toContain('not tried')
  })

  it('is also what a machine without unshare has', async () => {
    const machine = sampleMachine({ answers: { unshare: new Error('spawn unshare ENOENT') } })
    expect((await find(machine, 'user-namespace')).found).toBe('spawn unshare ENOENT')
  })
})

describe('the overlay', () => {
  it('that cannot be mounted wants the store elsewhere', async () => {
    const findings = await inspectMachine(
      sampleMachine({
        run: (_, args) =>
          Promise.resolve(
            args.includes('sh')
              ? refusal('mount: wrong fs type')
              : { status: 0, stdout: '1.2.3', stderr: '' }
          )
      })
    )
    const overlay = findings.find(({ requirement }) => requirement === 'overlay')
    expect(overlay).toMatchObject({ standing: 'missing' })
    expect(overlay?.found).toContain('mount: wrong fs type')
    expect(JSON.stringify(overlay?.remedy)).toContain('STAGEX_HOME')
  })
})

describe('the store', () => {
  it.each([
    ['a folder in which nothing can be made', '/proc/none', 'ENOENT'],
    ['below a file', '/dev/null/store', 'ENOTDIR']
  ])('that is %s is missing, and the overlay is not tried elsewhere', async (_, home, code) => {
    const machine = sampleMachine({ home, mayWrite: () => true })
    const store = await find(machine, 'store')
    expect(store).toMatchObject({
      standing: 'missing',
      found: `${home} cannot be written (${code})`
    })
    expect(JSON.stringify(store.remedy)).toContain('STAGEX_HOME')
    const overlay = await find(machine, 'overlay')
    expect(overlay).toMatchObject({ standing: 'missing' })
    expect(overlay.found).toContain('not tried')
  })
})

describe('32-bit programs', () => {
  const refusing = (architecture: string): Machine =>
    sampleMachine({
      architecture,
      run: (program) =>
        program.endsWith('/program')
          ? Promise.reject(new Error('spawn ENOEXEC'))
          : Promise.resolve({ status: 0, stdout: '1.2.3', stderr: '' })
    })

  it('that do not start want another kernel', async () => {
    const finding = await find(refusing('x64'), 'i386')
    expect(finding.standing).toBe('missing')
    expect(JSON.stringify(finding.remedy)).toContain('CONFIG_IA32_EMULATION')
  })

  it('on another architecture want an emulator', async () => {
    expect(JSON.stringify((await find(refusing('arm64'), 'i386')).remedy)).toContain('qemu-user')
  })
})

describe('control groups', () => {
  const controllers = { '/sys/fs/cgroup/cgroup.controllers': 'cpu memory pids\n' }

  it.each([
    [{}, true, 'degraded'],
    [{ ...controllers, '/proc/self/cgroup': '0::/user.slice/mine\n' }, true, 'ok'],
    [{ ...controllers, '/proc/self/cgroup': '0::/user.slice/mine\n' }, false, 'degraded']
  ])('%j, writable %s: %s', async (files, writable, standing) => {
    const mayWrite = (path: string): boolean =>
      path === '/sys/fs/cgroup/user.slice/mine' && writable
    expect((await find(sampleMachine({ files, mayWrite }), 'cgroup')).standing).toBe(standing)
  })
})
