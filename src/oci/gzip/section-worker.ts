import { parentPort } from 'node:worker_threads'
import { matchSection, type Section } from './section.js'
import { claim } from './section-job.js'

/** The program of a {@link MatcherThread}: answers each section in turn, with nothing if it was claimed before. */
parentPort?.on('message', (section: Section) => {
  if (!claim(section)) {
    parentPort?.postMessage(undefined)
    return
  }
  const matched = matchSection(section)
  parentPort?.postMessage(matched, [matched.tokens.buffer as ArrayBuffer])
})
