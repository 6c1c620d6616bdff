import { chmodSync, copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { bytesOfText } from '../../base/byte-string.js'
import type { CopyStep, RemoteSource } from '../../containerfile/step.js'
import { fetchSources } from '../../source/fetch-sources.js'
import { SourceStore } from '../../source/source-store.js'
import { BuildError } from '../build-error.js'
import type { CopySource } from '../copy/copy-source.js'
import { everything } from '../copy/path-filter.js'
import { setTime } from '../snapshot/file-time.js'
import { placeOf } from './place.js'
import type { StepEnvironment } from './step-environment.js'

/**
 * Fetches what an ADD names by an address and a checksum, unless the store has it. As a file it has mode
 * 0600, and the time of the epoch: what the server says of its age is not pinned by the checksum.
 * @throws SourceError; BuildError `build/unsupported` for a Git repository
 */
export async function fetchRemote(
  environment: StepEnvironment,
  step: CopyStep,
  remote: RemoteSource
): Promise<CopySource> {
  if (remote.kind === 'git') throw gitRepository(step)
  const hash = remote.checksum.slice('sha256:'.length)
  const fetched = environment.session.next('fetched')
  const folder = environment.session.next('remote')
  mkdirSync(fetched)
  mkdirSync(folder)
  const source = { key: 'ADD', hash, mirrors: [remote.url], file: 'file' }
  const report = await fetchSources(
    [{ source, directory: fetched }],
    new SourceStore(environment.store.home),
    environment.fetching
  )
  const failed = report.outcomes.find((outcome) => outcome.state === 'failed')
  if (failed?.state === 'failed') throw failed.error
  const file = join(folder, remote.fileName)
  copyFileSync(join(fetched, 'file'), file)
  chmodSync(file, 0o600)
  setTime(bytesOfText(file), { seconds: environment.epoch, nanoseconds: 0 })
  const path = bytesOfText(remote.fileName)
  return { root: bytesOfText(folder), path, name: path, includes: everything, choice: {} }
}

function gitRepository(step: CopyStep): BuildError {
  return new BuildError('build/unsupported', 'ADD of a Git repository is not supported', {
    where: placeOf(step.position),
    hint: 'declare an archive of it as a source in package.toml, and COPY --from=fetch'
  })
}
