import { homedir } from 'node:os'
import { credentialsOfFiles } from '../../oci/registry/credential-files.js'
import type { RegistryOptions } from '../../oci/registry/registry.js'
import { PublishPlace } from '../../publish/place.js'
import { PublishError } from '../../publish/publish-error.js'
import type { CommandContext } from '../context.js'
import { systemClock } from '../system-clock.js'

/** How a command speaks to registries: as whoever the user logged in as. */
export function registryOptions(context: CommandContext): RegistryOptions {
  return {
    clock: systemClock,
    environment: context.env,
    credentials: credentialsOfFiles(context.env, context.env['HOME'] ?? homedir()),
    signal: context.interruption()
  }
}

/**
 * The places that a command line names, else those of the tree.
 * @throws PublishError `publish/no-registry`, `publish/bad-settings`; RegistryError `registry/bad-address`
 */
export function placesToUse(
  context: CommandContext,
  named: readonly string[],
  configured: readonly string[]
): PublishPlace[] {
  const names = named.length > 0 ? named : configured
  if (names.length === 0) {
    throw new PublishError('publish/no-registry', 'no registry is configured', {
      expected: 'registries = ["host/path"] in release.toml, or --registry',
      kind: 'usage'
    })
  }
  const options = registryOptions(context)
  return names.map((name) => new PublishPlace(name, options))
}
