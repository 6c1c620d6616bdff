import { parentPort } from 'node:worker_threads'
import { matchSection, type Section } from './section.js'

/** The thread behind {@link matcherThreads}: takes sections, answers with their tokens, in order. */
parentPort?.on('message', (section: Section) => {
  const tokens = matchSection(section)
  parentPort?.postMessage(tokens, [tokens.buffer as ArrayBuffer])
})
