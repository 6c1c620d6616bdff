import { byCodeUnit } from '../../base/order.js'
import type { Tree } from '../../tree/tree.js'
import type { Candidate, Completion } from './candidates.js'

/** Words that no shell takes for more than a word: what others wrote is offered only if it is one. */
const harmless = /^[A-Za-z0-9][A-Za-z0-9._/+@-]*$/

/** The values that a tree offers for an argument or an option, by what the help calls it. */
export async function treeValues(root: string, of: string): Promise<Completion> {
  if (of === 'folder') return 'folders'
  if (of === 'file') return 'files'
  return (await wordsOf(root, of)).filter(({ word }) => harmless.test(word))
}

async function wordsOf(root: string, of: string): Promise<Candidate[]> {
  switch (of) {
    case 'name':
    case 'image':
    case 'needed':
    case 'other':
    case 'pattern':
      return names(await treeAt(root))
    case 'stage':
      return stages(await treeAt(root))
    case 'revision':
      return revisions(root)
    case 'rule':
      return rules()
    case 'shell':
      return plain(['bash', 'zsh', 'fish'])
    case 'chain':
      return plain(['tcc'])
    case 'compiler':
      return plain(['gcc', 'clang'])
    default:
      return []
  }
}

function plain(words: readonly string[]): Candidate[] {
  return words.map((word) => ({ word, about: '' }))
}

async function treeAt(root: string): Promise<Tree> {
  const { loadTree } = await import('../../tree/load-tree.js')
  return loadTree(root)
}

/** Images, the same without their stages where that is clear, and stages. */
function names(tree: Tree): Candidate[] {
  const full = [...tree.images.values()].map(({ name, package: from }) => {
    return { word: name, about: from.description ?? '', bare: name.slice(from.stage.length + 1) }
  })
  const stageNames = stages(tree)
  const count = new Map(stageNames.map(({ word }) => [word, 1]))
  for (const { bare } of full) count.set(bare, (count.get(bare) ?? 0) + 1)
  const short = full.filter(({ bare }) => count.get(bare) === 1)
  return [
    ...stageNames,
    ...short.map(({ bare, about }) => ({ word: bare, about })),
    ...full.map(({ word, about }) => ({ word, about }))
  ]
}

function stages(tree: Tree): Candidate[] {
  const found = new Set([...tree.packages.values()].map(({ stage }) => stage))
  return [...found].sort(byCodeUnit).map((word) => ({ word, about: 'the whole stage' }))
}

async function revisions(root: string): Promise<Candidate[]> {
  const { revisionNames } = await import('../../tree/changed-packages.js')
  return (await revisionNames(root)).map((word) => ({ word, about: '' }))
}

async function rules(): Promise<Candidate[]> {
  const { chosenRules } = await import('../check/chosen-rules.js')
  return chosenRules([], [], { deep: true, watch: true }).map(({ name, summary }) => ({
    word: name,
    about: summary
  }))
}
