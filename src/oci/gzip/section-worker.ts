import { parentPort } from 'node:worker_threads'
import { matchSection, type Section } from './section.js'

/** The thread behind {@link matcherThreads}: takes sections, answers with their tokens, in order. */
parentPort?.on('message', (section: Section) => {
  const matched = matchSection(section)
  parentPort?.postMessage(matched, [matched.tokens.buffer as ArrayBuffer])
})
