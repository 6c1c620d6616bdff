import type { SourceDefinition } from '../../tree/definition.js'

/** Where a mirror keeps versions: folders of files, or the tags of a git repository. */
export type MirrorLayout =
  | {
      readonly kind: 'folders'
      /** What stands before the path: `https://host`, `file://`, `debian:`. */
      readonly base: string
      /** The path's segments, version placeholders in them; the last one is the file. */
      readonly segments: readonly string[]
    }
  | { readonly kind: 'tags'; readonly repository: string; readonly tag: string }

/** How the mirrors of a source keep its versions, as far as their URLs tell; in the mirrors' order. */
export function mirrorLayouts({ file, format, mirrors }: SourceDefinition): MirrorLayout[] {
  return mirrors.flatMap((mirror) => {
    const withFile = file === undefined ? mirror : mirror.replaceAll('{file}', file)
    const template = format === undefined ? withFile : withFile.replaceAll('{format}', format)
    const layout = layoutOf(template)
    return layout === undefined ? [] : [layout]
  })
}

function layoutOf(template: string): MirrorLayout | undefined {
  const [, base, path] = /^(https?:\/\/[^/{}]+\/|file:\/\/\/|debian:)([^?#]+)$/.exec(template) ?? []
  if (base === undefined || path?.includes('{version') !== true) return undefined
  const segments = path.split('/')
  return base.startsWith('http')
    ? (tagsOf(base, segments) ?? folders(base, segments))
    : folders(base, segments)
}

function folders(base: string, segments: readonly string[]): MirrorLayout {
  return { kind: 'folders', base, segments }
}

/**
 * Hosts of git make archives of tags (`…/archive/…`) and keep files with them (`…/releases/download/…`):
 * their pages list none, but their repositories do.
 */
function tagsOf(base: string, segments: readonly string[]): MirrorLayout | undefined {
  const at = segments.findIndex(
    (segment, index) =>
      segment === 'archive' || (segment === 'releases' && segments[index + 1] === 'download')
  )
  if (at < 2) return undefined
  const before = segments.slice(0, at).filter((segment) => segment !== '-')
  const after = segments.slice(at + 1).filter((each) => !/^(?:download|refs|tags)$/.test(each))
  const [tag] = after
  if (tag === undefined || before.join('/').includes('{')) return undefined
  const name = after.length === 1 ? tag.replace(/\.(?:tar\.\w+|tgz|zip)$/, '') : tag
  return { kind: 'tags', repository: base + before.join('/'), tag: name }
}
