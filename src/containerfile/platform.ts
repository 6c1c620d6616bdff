import type { Platform } from './step.js'

const KNOWN_SYSTEMS = new Set([
  'aix',
  'android',
  'darwin',
  'dragonfly',
  'freebsd',
  'hurd',
  'illumos',
  'ios',
  'js',
  'linux',
  'nacl',
  'netbsd',
  'openbsd',
  'plan9',
  'solaris',
  'windows',
  'zos'
])

const KNOWN_ARCHITECTURES = new Set([
  '386',
  'amd64',
  'amd64p32',
  'arm',
  'armbe',
  'arm64',
  'arm64be',
  'loong64',
  'mips',
  'mipsle',
  'mips64',
  'mips64le',
  'mips64p32',
  'mips64p32le',
  'ppc',
  'ppc64',
  'ppc64le',
  'riscv',
  'riscv64',
  's390',
  's390x',
  'sparc',
  'sparc64',
  'wasm'
])

const PART = /^[A-Za-z0-9_.-]+$/

/**
 * Reads `os/architecture[/variant]`; one part alone is an operating system or an architecture, and
 * `builder` (the platform that builds) gives the other. Undefined when the text is no platform.
 */
export function parsePlatform(text: string, builder: Platform): Platform | undefined {
  const parts = text.split('/')
  if (parts.length > 3 || !parts.every((part) => PART.test(part))) return undefined
  const [first = '', second, variant] = parts
  const system = systemName(first)
  if (variant !== undefined) return withVariant(system, second ?? '', variant)
  if (second !== undefined) return withoutVariant(system, second)
  if (KNOWN_SYSTEMS.has(system)) return { ...builder, os: system }
  const platform = withoutVariant(builder.os, first)
  return KNOWN_ARCHITECTURES.has(platform.architecture) ? platform : undefined
}

/** `os/architecture[/variant]` */
export function formatPlatform(platform: Platform): string {
  const base = `${platform.os}/${platform.architecture}`
  return platform.variant === undefined ? base : `${base}/${platform.variant}`
}

/** Whether system and architecture have names that OCI knows, as they are written. */
export function isKnownPlatform(text: string): boolean {
  const [os = '', architecture = ''] = text.split('/')
  return KNOWN_SYSTEMS.has(os) && KNOWN_ARCHITECTURES.has(architecture)
}

/** All that images for Linux may be made for, without variants. */
export function linuxPlatforms(): string[] {
  return [...KNOWN_ARCHITECTURES].map((architecture) => `linux/${architecture}`)
}

/** Whether both name the same platform. */
export function samePlatform(a: Platform, b: Platform): boolean {
  return formatPlatform(a) === formatPlatform(b)
}

function systemName(text: string): string {
  const lower = text.toLowerCase()
  return lower === 'macos' ? 'darwin' : lower
}

/** `arm` alone means `arm/v7` and is written without it. */
function withoutVariant(os: string, written: string): Platform {
  const [architecture, variant] = canonical(written.toLowerCase(), '')
  const implied = variant === '' || (architecture === 'arm' && variant === 'v7')
  return implied ? { os, architecture } : { os, architecture, variant }
}

function withVariant(os: string, written: string, writtenVariant: string): Platform {
  const [architecture, variant] = canonical(written.toLowerCase(), writtenVariant.toLowerCase())
  if (architecture === 'arm64' && variant === '') return { os, architecture, variant: 'v8' }
  return variant === '' ? { os, architecture } : { os, architecture, variant }
}

/** Brings the many names of architectures to the ones of OCI, as containerd does. */
function canonical(architecture: string, variant: string): [string, string] {
  switch (architecture) {
    case 'i386':
      return ['386', '']
    case 'amd64':
    case 'x86_64':
    case 'x86-64':
      return ['amd64', variant === 'v1' ? '' : variant]
    case 'arm64':
    case 'aarch64':
      return ['arm64', variant === '8' || variant === 'v8' || variant === 'v8.0' ? '' : variant]
    case 'armhf':
      return ['arm', 'v7']
    case 'armel':
      return ['arm', 'v6']
    case 'arm':
      return ['arm', armVariant(variant)]
    default:
      return [architecture, variant]
  }
}

function armVariant(variant: string): string {
  if (variant === '') return 'v7'
  return /^[5-8]$/.test(variant) ? `v${variant}` : variant
}
