import { describe, expect, test } from 'vitest'
import { imageState, resolveStage } from '../../src/containerfile/resolve-stage.js'
import type { CopyStep, RunStep, Step } from '../../src/containerfile/step.js'
import { AMD64, type CaseOptions, planOf, resolveTarget } from './golden-case.js'

function stepsOf(lines: string, options: CaseOptions = {}): readonly Step[] {
  return resolveTarget(planOf(`FROM scratch\n${lines}\n`, options)).target.steps
}

function runOf(lines: string, options: CaseOptions = {}): RunStep {
  const step = stepsOf(lines, options).at(-1)
  if (step?.kind !== 'run') throw new Error('no RUN')
  return step
}

function copyOf(lines: string): CopyStep {
  const step = stepsOf(lines).at(-1)
  if (step?.kind !== 'copy') throw new Error('no COPY')
  return step
}

const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

describe('RUN', () => {
  test('executes the shell with the whole line as one argument', () => {
    expect(runOf('RUN make "a b"   c').argv).toEqual(['/bin/sh', '-c', 'make "a b"   c'])
    expect(runOf('RUN ["make", "a b"]').argv).toEqual(['make', 'a b'])
    expect(runOf('SHELL ["/bin/bash", "-c"]\nRUN x').argv).toEqual(['/bin/bash', '-c', 'x'])
  })

  test('sees ENV and ARG, the one set last at the end', () => {
    const { env } = runOf('ENV A=1 B=2\nARG C=3\nENV A=4\nARG B=5\nARG UNSET\nRUN x')
    expect(env).toEqual([PATH, 'C=3', 'A=4', 'B=5'])
  })

  test('sees after FROM stage the ARGs of that stage first, then its ENV again', () => {
    const text = 'FROM scratch AS a\nENV E=1\nARG A=2\nARG E=3\nFROM a\nARG B=4\nRUN x\n'
    const { steps } = resolveTarget(planOf(text)).target
    expect(steps[0]).toMatchObject({ env: ['A=2', PATH, 'E=1', 'B=4'] })
  })

  test('does not see SOURCE_DATE_EPOCH unless it is declared', () => {
    expect(runOf('RUN x').env).toEqual([PATH])
    expect(runOf('ARG SOURCE_DATE_EPOCH\nRUN x').env).toEqual([PATH, 'SOURCE_DATE_EPOCH=1'])
  })

  test('gets proxies apart from the environment, in both cases', () => {
    const step = runOf('RUN x', { buildArgs: { HTTPS_PROXY: 'p', no_proxy: 'q', ftp_proxy: '' } })
    expect(step.env).toEqual([PATH])
    expect(step.proxyEnv).toEqual(['HTTPS_PROXY=p', 'https_proxy=p', 'NO_PROXY=q', 'no_proxy=q'])
  })

  test('starts in the working directory, cleaned, as the user', () => {
    const step = runOf('WORKDIR /a/../b/\nWORKDIR c\nUSER u:g\nRUN x')
    expect([step.cwd, step.user, step.network]).toEqual(['/b/c', 'u:g', 'default'])
    expect(runOf('RUN --network=none x').network).toBe('none')
  })

  test('takes a here-document as its script, without the tabs that <<- announces', () => {
    expect(runOf('RUN <<-E\n\t\ta $X\n\t b\n\tE').argv).toEqual(['/bin/sh', '-c', 'a $X\n b\n'])
  })

  test('takes a here-document that begins with #! as a file to execute', () => {
    const step = runOf("RUN <<-'run.py'\n#!/bin/python\n\tx\nrun.py")
    expect(step.argv).toEqual(['/bin/sh', '-c', '/dev/pipes/run.py'])
    expect(step.pipeFiles).toEqual([{ name: 'run.py', content: '#!/bin/python\nx\n' }])
  })

  test('hands here-documents among other words back to the shell as they stood', () => {
    const [, , script] = runOf('RUN cat <<A <<-B | x\na\nA\n\tb\n\tB').argv
    expect(script).toBe('cat <<A <<-B | x\na\nA\n\tb\nB')
  })
})

describe('mounts', () => {
  test('bind reads the context, or a stage, read-only unless told otherwise', () => {
    const text =
      'FROM scratch AS a\nFROM scratch\nWORKDIR /w\nRUN --mount=target=m --mount=from=a,src=x,dst=/y,rw z\n'
    const [, run] = resolveTarget(planOf(text)).target.steps
    expect(run).toMatchObject({
      mounts: [
        { type: 'bind', from: { kind: 'context' }, source: '/', target: '/w/m', readOnly: true },
        {
          type: 'bind',
          from: { kind: 'stage', index: 0 },
          source: '/x',
          target: '/y',
          readOnly: false
        }
      ]
    })
  })

  test('cache is named by its target unless it has an id', () => {
    const { mounts } = runOf(
      'ARG C=/c/\nRUN --mount=type=cache,target=$C --mount=type=cache,target=/d,id=i,sharing=LOCKED,uid=1,gid=2,mode=0750,from=img,source=s x'
    )
    expect(mounts).toEqual([
      {
        type: 'cache',
        id: '/c',
        sharing: 'shared',
        from: { kind: 'scratch' },
        source: '/',
        target: '/c',
        readOnly: false
      },
      {
        type: 'cache',
        id: 'i',
        sharing: 'locked',
        from: { kind: 'image', reference: 'docker.io/library/img:latest', platform: AMD64 },
        source: '/s',
        target: '/d',
        readOnly: false,
        mode: 0o750,
        uid: 1,
        gid: 2
      }
    ])
  })

  test('tmpfs may have a size', () => {
    const { mounts } = runOf('RUN --mount=type=tmpfs,target=/t,size=1.5k x')
    expect(mounts).toEqual([{ type: 'tmpfs', target: '/t', size: 1536 }])
  })

  test('secrets lie in /run/secrets unless told otherwise', () => {
    const { mounts } = runOf(
      'RUN --mount=type=secret,id=a/b --mount=type=secret,target=/x/y,mode=0444,required --mount=type=secret,id=c,env=TOKEN x'
    )
    const root = { uid: 0, gid: 0 }
    expect(mounts).toEqual([
      {
        type: 'secret',
        id: 'a/b',
        target: '/run/secrets/b',
        required: false,
        mode: 0o400,
        ...root
      },
      { type: 'secret', id: 'y', target: '/x/y', required: true, mode: 0o444, ...root },
      { type: 'secret', id: 'c', env: 'TOKEN', required: false, mode: 0o400, ...root }
    ])
  })

  test('fields may be quoted, so that values hold commas', () => {
    const { mounts } = runOf(`RUN --mount='type=cache,"target=/a,b",id=c' x`)
    expect(mounts).toMatchObject([{ target: '/a,b', id: 'c' }])
  })
})

describe('COPY and ADD', () => {
  test.each([
    ['x', '/w/x'],
    ['./x/', '/w/x/'],
    ['.', '/w/'],
    ['./', '/w/'],
    ['..', '/'],
    ['../../../x', '/x'],
    ['/', '/'],
    ['/a/../b//c', '/b/c'],
    ['/a/..', '/'],
    ['/a/.', '/a/.'],
    ['x/.', '/w/x/.'],
    ['/.', '/.'],
    ['""', '/w/']
  ])('a destination %s becomes %s', (written, destination) => {
    expect(copyOf(`WORKDIR /w\nCOPY a ${written}`).destination).toBe(destination)
  })

  test('sources stay as they were written, expanded', () => {
    expect(copyOf('ENV X=a/../b E="e f"\nCOPY ./$X /c/*.d $E /y/').sources).toEqual([
      './a/../b',
      '/c/*.d',
      'e f'
    ])
  })

  test('flags', () => {
    const step = copyOf(
      'ARG U=1\nCOPY --chown=$U:2 --chmod=u+x --link --parents --exclude=*.md --exclude=!a.md a b'
    )
    expect(step).toMatchObject({
      add: false,
      chown: '1:2',
      chmod: 'u+x',
      link: true,
      parents: true,
      exclude: ['*.md', '!a.md'],
      unpack: false
    })
    expect(step.createdBy).toBe('COPY --parents --chown=1:2 --chmod=u+x a b # buildkit')
  })

  test('only ADD extracts, and not when told otherwise', () => {
    expect(copyOf('ADD a b')).toMatchObject({ add: true, unpack: true })
    expect(copyOf('ADD --unpack=false a b').unpack).toBe(false)
  })

  test('here-documents are files with their name', () => {
    const step = copyOf(
      'ENV V=v\nCOPY <<one <<-"two" three /d/\n$V "q" \\$V \\\\\none\n\t$V\n\ttwo'
    )
    expect(step.inlineFiles).toEqual([
      { name: 'one', content: 'v "q" $V \\\n' },
      { name: 'two', content: '$V\n' }
    ])
    expect(step.sources).toEqual(['three'])
  })

  test('ADD fetches what a checksum pins', () => {
    const digest = `sha256:${'0'.repeat(64)}`
    const step = copyOf(`ADD --checksum=${digest} https://h.example/d/a%20b.tar?x#y /z/`)
    expect(step).toMatchObject({
      sources: [],
      unpack: false,
      remote: {
        kind: 'http',
        url: 'https://h.example/d/a%20b.tar?x#y',
        fileName: 'a b.tar',
        checksum: digest
      }
    })
    expect(step.createdBy).toBe('ADD https://h.example/d/a%20b.tar?x#y /z/ # buildkit')
  })

  test('ADD fetches a repository at a commit', () => {
    const commit = 'a'.repeat(40)
    const step = copyOf(`ADD --checksum=${commit} https://h.example/x.git?tag=v1&subdir=d /z`)
    expect(step.remote).toEqual({
      kind: 'git',
      repository: 'https://h.example/x.git',
      reference: 'refs/tags/v1',
      subdirectory: 'd',
      commit,
      keepGitDir: false,
      submodules: true
    })
  })
})

describe('FROM an image', () => {
  const plan = planOf('FROM base\nRUN x\nONBUILD LABEL c=d\n')

  test('its triggers run once, before anything else, and are not inherited', () => {
    const base = imageState({ onBuild: ['ENV T=1', 'COPY --from=other a b'] }, AMD64, 'someone')
    const stage = resolveStage(plan, 0, base)
    expect(stage.history.map((entry) => entry.createdBy)).toEqual([
      'ENV T=1',
      'COPY a b # buildkit',
      'RUN /bin/sh -c x # buildkit'
    ])
    expect(stage.steps[0]).toMatchObject({
      from: { kind: 'image' },
      position: { line: 1, column: 1 }
    })
    expect(stage.state.config.onBuild).toEqual(['LABEL c=d'])
    expect(stage.state.author).toBe('someone')
  })

  test.each(['FROM x', 'RUN a\nRUN b', '', '# comment'])('a trigger %j is refused', (trigger) => {
    expect(() => resolveStage(plan, 0, imageState({ onBuild: [trigger] }, AMD64))).toThrow(
      expect.objectContaining({ code: 'containerfile/bad-trigger' }) as Error
    )
  })

  test('a PATH is put where the image has none', () => {
    const env = (config: string[]) =>
      resolveStage(plan, 0, imageState({ env: config }, AMD64)).state.config.env
    expect(env(['A=1'])).toEqual(['A=1', PATH])
    expect(env(['PATH=/x', 'A=1'])).toEqual(['PATH=/x', 'A=1'])
  })

  test('a relative working directory is set once more, as BuildKit does', () => {
    const stage = resolveStage(plan, 0, imageState({ workingDir: 'rel' }, AMD64))
    expect(stage.steps[0]).toMatchObject({ kind: 'run', cwd: '/rel/rel' })
  })
})
