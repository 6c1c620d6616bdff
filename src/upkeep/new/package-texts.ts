import { formatDefinition } from '../../tree/style/format-definition.js'
import type { BuildTemplate } from './build-templates.js'

/** All that a new package's files say; every text is one that needs no quoting in them. */
export interface NewPackageFacts {
  readonly name: string
  readonly version: string
  readonly license?: string
  readonly website?: string
  readonly hash: string
  readonly format: string
  /** With placeholders. */
  readonly mirrors: readonly string[]
  /** The host that alone has the source, where it is so. */
  readonly onlyHost?: string
  /** The archive's folder; absent where it has none of its own. */
  readonly folder?: string
  readonly template: BuildTemplate
  /** Full names of images: the one to build in, and those copied into it. */
  readonly base?: string
  readonly tools: readonly string[]
}

/** The text of package.toml, as `stagex fmt` leaves it. */
export function definitionText(facts: NewPackageFacts): string {
  const { name, version, license, website, hash, format, mirrors, onlyHost } = facts
  const quoted = (text: string): string => JSON.stringify(text)
  const text = [
    '[package]',
    `name = ${quoted(name)}`,
    `version = ${quoted(version)}`,
    ...(license === undefined ? [] : [`license = ${quoted(license)}`]),
    ...(website === undefined ? [] : [`website = ${quoted(website)}`]),
    '',
    `[sources.${keyOf(name)}]`,
    `hash = ${quoted(hash)}`,
    `format = ${quoted(format)}`,
    `file = ${quoted(`${name}-{version}.{format}`)}`,
    ...(onlyHost === undefined
      ? []
      : [`# stagex-lint: allow single-mirror — only ${onlyHost} is known to have it`]),
    `mirrors = [${mirrors.map(quoted).join(', ')}]`,
    ''
  ].join('\n')
  return formatDefinition(text) ?? text
}

/** A key of TOML that needs no quotes; digits alone would be no name of a build argument. */
function keyOf(name: string): string {
  const key = name.replaceAll('.', '_')
  return /^\d+$/.test(key) ? `source_${key}` : key
}

/** The text of the Containerfile. */
export function containerfileText(facts: NewPackageFacts): string {
  const { name, version, format, folder, template, base, tools } = facts
  const file = `fetch/${name}-\${VERSION}.${format}`
  if (base === undefined) {
    return ['FROM scratch AS package', 'ARG VERSION', `ADD ${file} /usr/src/${name}/`, ''].join(
      '\n'
    )
  }
  const inside = folder?.replaceAll(version, '${VERSION}')
  return [
    `FROM stagex/${base} AS build`,
    ...tools.map((tool) => `COPY --from=stagex/${tool} . /`),
    'ARG VERSION',
    `ADD ${file} /build/`,
    `WORKDIR /build${inside === undefined ? '' : `/${inside}`}`,
    'RUN --network=none <<-EOF',
    ...['set -eux', ...template.commands].map((command) => `\t${command}`),
    'EOF',
    '',
    'FROM scratch AS package',
    'COPY --from=build /rootfs/ /',
    ''
  ].join('\n')
}
