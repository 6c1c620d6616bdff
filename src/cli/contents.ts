import type { NamedTree } from './contents/named-tree.js'
import { declareCommand, type Status } from './command.js'
import type { CommandContext } from './context.js'
import { text } from './option.js'
import { printReport } from './report.js'

/** `stagex contents` */
export const contentsCommand = declareCommand({
  name: 'contents',
  group: 'Look',
  summary: 'List the files of an image, or compare them with those of another',
  arguments: '<name>',
  details: `
Lists every file that a container of the image sees, with mode, owner and size, as stagex build left it in out/. A name
with a / in it is the folder of an OCI layout. With --diff, what the other image has not (-), has more (+) and has
otherwise (~); the status is then 1 where the two differ.`,
  examples: [
    ['contents hello', 'what is in the image'],
    ['contents core-zlib --diff /tmp/before/core-zlib', 'what is new since a copy of its layout'],
    ['contents hello --json', 'with the digest of every file']
  ],
  options: {
    diff: text('--diff <other>', 'the image to compare with'),
    platform: text('--platform <os/arch>', 'of an image for several (default: its first)')
  },
  run: async (context, [name = ''], { diff, platform }) => {
    const { namedTree } = await import('./contents/named-tree.js')
    const image = await namedTree(context, name, platform)
    if (diff === undefined) return list(context, image)
    return compare(context, image, await namedTree(context, diff, platform))
  }
})

async function list(context: CommandContext, { files, ...image }: NamedTree): Promise<Status> {
  const { fileView } = await import('./contents/file-view.js')
  const { renderFiles } = await import('./contents/render-contents.js')
  const all = [...files.values()]
  printReport(context, { ...image, files: all.map(fileView) }, () => renderFiles(all))
  return 0
}

async function compare(
  context: CommandContext,
  { files: before, ...image }: NamedTree,
  { files: after, ...other }: NamedTree
): Promise<Status> {
  const { treeDifference } = await import('../oci/tree-difference.js')
  const { fileView } = await import('./contents/file-view.js')
  const { renderDifference } = await import('./contents/render-contents.js')
  const difference = treeDifference(before, after)
  const { removed, added, changed } = difference
  const report = {
    image,
    other,
    removed: removed.map(fileView),
    added: added.map(fileView),
    changed: changed.map((file) => ({ before: fileView(file.before), after: fileView(file.after) }))
  }
  printReport(context, report, (_, paint) => renderDifference(difference, paint))
  return removed.length + added.length + changed.length === 0 ? 0 : 1
}
