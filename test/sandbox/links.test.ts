import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ContextItem, makeContext } from '../conformance/context-item.js'
import { type BuiltRow, SmallTree } from '../world/small-tree.js'
import { Bait } from './bait.js'
import { compileProbe, verdicts } from './probe.js'

/** A Containerfile whose build would leave its tree if any link in it were followed on this machine. */
interface Attack {
  readonly name: string
  /** BAIT stands for the folder that no build may touch. */
  readonly containerfile: readonly string[]
  readonly context?: readonly ContextItem[]
  /** The codes that may be told; without one it has to be built. */
  readonly refused?: readonly string[]
}

const probe = compileProbe()
const image = ['FROM scratch AS first', 'COPY root/ /', 'COPY --chmod=0755 probe /probe']
const probing = 'RUN --network=none ["/probe", "a file by the working directory"]'
const up = '../../../../../../../..'

/** A root with a link in it, absolute and relative. */
function linked(path: string): [string, ContextItem[]][] {
  return [
    ['an absolute link', [{ path: `root/${path}`, symlink: 'BAIT' }]],
    ['a relative link', [{ path: `root/${path}`, symlink: `${up}BAIT` }]]
  ]
}

const systemFolders = ['etc', 'dev', 'proc', 'sys'].flatMap((folder) =>
  linked(folder).map(([kind, context]): Attack => ({
    name: `a step where /${folder} is ${kind}`,
    containerfile: [...image, probing],
    context,
    refused: ['build/run-failed', 'build/copy-failed']
  }))
)

const targets = [
  'COPY text /l/copied',
  'COPY text /l/copied/',
  'COPY folder /l',
  'COPY --chmod=0777 --chown=5:5 folder /l/new/folder',
  'COPY --link text /l/copied',
  'COPY <<EOF /l/written\nevil\nEOF',
  'ADD archive.tar /l/',
  'WORKDIR /l/made',
  'WORKDIR /l\nRUN --network=none ["/probe", "a file by the working directory"]',
  'RUN --network=none --mount=type=tmpfs,target=/l/mounted ["/probe", "list"]',
  'RUN --network=none --mount=type=cache,target=/l/mounted ["/probe", "list"]',
  'RUN --network=none --mount=type=bind,source=text,target=/l/mounted ["/probe", "list"]'
].flatMap((instruction) =>
  linked('l').map(([kind, context]): Attack => ({
    name: `${instruction.split('\n')[0] ?? ''}, through ${kind}`,
    containerfile: [...image, instruction],
    context: [
      ...context,
      { path: 'text', text: 'evil' },
      { path: 'folder/secret', text: 'evil' },
      { path: 'archive.tar', archive: { entries: [{ path: 'secret', text: 'evil' }] } }
    ]
  }))
)

const sources = [
  'COPY root/l/secret /stolen',
  'COPY root/l/ /stolen',
  'COPY root/l/* /stolen/',
  'COPY --from=first /l/secret /stolen',
  'COPY --from=first /l/ /stolen/',
  'COPY --from=first /l/s* /stolen/',
  'RUN --mount=type=bind,source=root/l,target=/stolen ["/probe", "a file by its name"]',
  'RUN --mount=type=bind,from=first,source=/l,target=/stolen ["/probe", "a file by its name"]'
].flatMap((instruction) =>
  linked('l').map(([kind, context]): Attack => ({
    name: `${instruction}, where /l is ${kind}`,
    containerfile: [...image, 'FROM scratch', 'COPY --chmod=0755 probe /probe', instruction],
    context,
    refused: ['build/copy-missing']
  }))
)

/** A folder that the runtime has open, taken for the working directory (CVE-2024-21626). */
const openFolders = Array.from({ length: 10 }, (_, index): Attack => ({
  name: `a step in the runtime's descriptor ${index + 3}`,
  containerfile: [...image, `WORKDIR /proc/self/fd/${index + 3}`, probing],
  context: [{ path: 'root/file', text: '' }],
  refused: ['build/run-failed']
}))

/** Whatever is run there, the program of the runtime stays as it is (CVE-2019-5736). */
const runtimeItself: Attack = {
  name: 'a step whose program is the runtime itself',
  containerfile: [...image, 'RUN --network=none ["/self", "--version"]'],
  context: [{ path: 'root/self', symlink: '/proc/self/exe' }],
  refused: ['build/run-failed']
}

const steps = [...openFolders, runtimeItself]
const attacks: readonly Attack[] = [...systemFolders, ...targets, ...sources, ...steps]

describe.skipIf(probe === undefined)('links lead to nothing outside of the tree', () => {
  const tree = new SmallTree()
  let bait: Bait
  let rows: ReadonlyMap<string, BuiltRow>
  let runtimes: string

  beforeAll(async () => {
    bait = await Bait.lay()
    for (const [index, attack] of attacks.entries()) await addAttack(tree, bait, index, attack)
    runtimes = digestOfRuntimes()
    rows = await tree.build('user')
  }, 300_000)

  afterAll(() => {
    bait.close()
  })

  test.for(attacks.map((attack, index) => ({ ...attack, index })))('$name', (attack) => {
    const row = rows.get(`user-attack${attack.index}`)
    const codes = attack.refused === undefined ? [undefined] : [undefined, ...attack.refused]
    expect(codes, JSON.stringify(row?.error)).toContain(row?.error?.code)
    expect(row?.outcome).toBe(row?.error === undefined ? 'built' : 'failed')
    const log = readFileSync(join(tree.home, `logs/user-attack${attack.index}.log`), 'utf8')
    expect([...verdicts(log).values()].filter((verdict) => verdict !== 'held')).toEqual([])
  })

  test('the folder outside is as it was, and so are the runtimes', () => {
    expect(bait.isUntouched()).toBe(true)
    expect(digestOfRuntimes()).toBe(runtimes)
  })

  test('no image holds what is in it', () => {
    const blobs = join(tree.home, 'blobs/sha256')
    const names = readdirSync(blobs)
    expect(names.length).toBeGreaterThan(20)
    // The bait's text stands in the configs, in the environment that tells the probe.
    const layers = names.map((name) => readFileSync(join(blobs, name))).filter(isGzip)
    expect(layers.filter((layer) => bait.isIn(gunzipSync(layer)))).toEqual([])
  })
})

async function addAttack(
  tree: SmallTree,
  bait: Bait,
  index: number,
  { containerfile, context = [] }: Attack
): Promise<void> {
  const environment = Object.entries(bait.environment(tree.home))
  const env = `ENV ${environment.map(([name, value]) => `${name}="${value}"`).join(' ')}`
  const lines = containerfile.flatMap((line) =>
    line.startsWith('FROM scratch') ? [line, env] : [line]
  )
  tree.add(`attack${index}`, `${lines.join('\n')}\n`)
  const folder = join(tree.root, `packages/user/attack${index}`)
  const items = context.map((item) => {
    return item.symlink === undefined
      ? item
      : { ...item, symlink: item.symlink.replace('BAIT', bait.folder) }
  })
  await makeContext(folder, items)
  copyFileSync(probe?.file ?? '', join(folder, 'probe'))
}

function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

function digestOfRuntimes(): string {
  const hash = createHash('sha256')
  for (const file of ['/usr/bin/crun', '/usr/sbin/runc', '/usr/bin/runc']) {
    if (existsSync(file)) hash.update(readFileSync(file))
  }
  return hash.digest('hex')
}
