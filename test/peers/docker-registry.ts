import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Whether Debian's `docker-registry` is installed. */
export function hasDockerRegistry(): boolean {
  return spawnSync('docker-registry', ['--version']).status === 0
}

/** A running registry, in a folder of its own, on loopback. */
export interface RunningRegistry {
  /** `127.0.0.1:<port>` */
  readonly host: string
  stop(): Promise<void>
}

/** Starts the reference implementation of the distribution protocol. */
export async function startDockerRegistry(): Promise<RunningRegistry> {
  const folder = mkdtempSync(join(tmpdir(), 'stagex-docker-registry-'))
  const host = `127.0.0.1:${await freePort()}`
  writeFileSync(join(folder, 'config.yml'), configuration(folder, host))
  const child = spawn('docker-registry', ['serve', join(folder, 'config.yml')], { stdio: 'ignore' })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  await answering(host)
  return {
    host,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

function configuration(folder: string, host: string): string {
  return `version: 0.1
log: {level: error}
storage:
  filesystem: {rootdirectory: ${folder}/data}
  delete: {enabled: true}
http:
  addr: ${host}
`
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function answering(host: string): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const up = await fetch(`http://${host}/v2/`).then(
      ({ status }) => status === 200,
      () => false
    )
    if (up) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('docker-registry does not answer')
}
