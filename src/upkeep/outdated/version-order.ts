/** Words that stand for something before a release. */
const before = /^(?:a|b|c|alpha|beta|rc|pre|preview|dev|devel|snapshot|nightly|git|svn|test)$/

/** Ranks of what may stand at one place of two versions: a word of before a release, the end, a word, a number. */
const ranks = { before: 0, end: 1, word: 2, number: 3 } as const

interface Token {
  readonly rank: number
  readonly text: string
}

const end: Token = { rank: ranks.end, text: '' }

/**
 * Orders versions as upstreams mean them: number by number, `1.2-rc1` before `1.2`, `1.2` before `1.2a` and
 * `1.2.1`. Separators do not count.
 */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [tokensOf(a), tokensOf(b)]
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const order = compareTokens(left[index] ?? end, right[index] ?? end)
    if (order !== 0) return order
  }
  return 0
}

/** Whether a version is one before a release. */
export function isPrerelease(version: string): boolean {
  return tokensOf(version).some(({ rank }) => rank === ranks.before)
}

function tokensOf(version: string): Token[] {
  const words = version.toLowerCase().match(/\d+|[a-z]+/g) ?? []
  return words.map((text, index) => {
    if (/^\d/.test(text)) return { rank: ranks.number, text: text.replace(/^0+(?=\d)/, '') }
    // 1.1.1b is a later one, 3.13.0b2 an earlier one: only the number behind tells.
    const isLetter = text.length === 1
    const isBefore = before.test(text) && (!isLetter || /^\d/.test(words[index + 1] ?? ''))
    return { rank: isBefore ? ranks.before : ranks.word, text }
  })
}

/** Numbers may have more digits than a double holds. */
function compareTokens(a: Token, b: Token): number {
  if (a.rank !== b.rank) return a.rank - b.rank
  if (a.rank === ranks.number && a.text.length !== b.text.length) {
    return a.text.length - b.text.length
  }
  return a.text < b.text ? -1 : a.text > b.text ? 1 : 0
}
