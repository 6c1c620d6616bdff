import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** Whether a program is on this machine. */
export function have(program: string): boolean {
  return spawnSync(program, ['--version']).status === 0
}

/** The status with which a program ends, for a user of its own. */
function ends(program: string, words: readonly string[], home: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { stdio: 'ignore', env: { ...process.env, HOME: home } })
    child.on('error', reject)
    child.on('close', (status) => {
      resolve(status ?? -1)
    })
  })
}

/** Whether skopeo copies an image from a registry under the policy in a folder; `words` come before the rest. */
export async function skopeoCopies(
  image: string,
  config: string,
  folder: string,
  words: readonly string[] = []
): Promise<boolean> {
  const policy = ['--policy', join(config, 'policy.json')]
  const places = ['--registries.d', join(config, 'registries.d')]
  const copy = ['copy', '--quiet', '--src-tls-verify=false', `docker://${image}`]
  const target = `dir:${join(folder, 'copy')}`
  return (await ends('skopeo', [...policy, ...places, ...words, ...copy, target], folder)) === 0
}

/** Whether podman pulls an image under a policy, into a store in the folder. */
export async function podmanPulls(
  image: string,
  config: string,
  folder: string,
  words: readonly string[] = []
): Promise<boolean> {
  const store = ['--root', join(folder, 'store'), '--runroot', join(folder, 'run')]
  const pull = ['--storage-driver', 'vfs', 'pull', '--quiet', '--tls-verify=false', ...words]
  const policy = ['--signature-policy', join(config, 'policy.json')]
  return (await ends('podman', [...store, ...pull, ...policy, image], folder)) === 0
}
