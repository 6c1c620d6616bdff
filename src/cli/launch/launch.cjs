// Runs stagex from a checkout, after setting the checkout up where that is needed. Plain JavaScript, since
// at first use there is nothing yet that could compile TypeScript; CommonJS, since Node then leaves its
// loader of ES modules out of the start. Kept small: it runs at every start.
'use strict'
const { existsSync } = require('node:fs')
const path = require('node:path')
const { currentBuild } = require('./freshness.cjs')
const { loadProgram } = require('./load-program.cjs')

const checkout = path.resolve(__dirname, '../../..')

putBackCertificates()
const build = currentBuild(checkout)
if (build === undefined) setUpAndRun().catch(rethrow)
else run(build).catch(rethrow)

async function setUpAndRun() {
  const { setUp } = await import('./set-up.mjs')
  const made = setUp(checkout)
  if (made === undefined) process.exitCode = 2
  else await run(made)
}

/** @param {string} build the folder of the compiled program */
async function run(build) {
  const loaded = loadProgram(path.join(build, 'build/main.js'), commandName() ?? 'any')
  const program = /** @type {typeof import('../main.js')} */ (loaded)
  await program.main(checkout)
}

/** The variable that the script kept from Node: npm needs it, and who calls servers. */
function putBackCertificates() {
  const certificates = process.env['STAGEX_NODE_EXTRA_CA_CERTS']
  if (certificates === undefined) return
  process.env['NODE_EXTRA_CA_CERTS'] = certificates
  delete process.env['STAGEX_NODE_EXTRA_CA_CERTS']
}

/** The command on the command line: the first word after which a file of commands is named. */
function commandName() {
  return process.argv
    .slice(2)
    .find((word) => /^[a-z-]+$/.test(word) && existsSync(path.join(checkout, `src/cli/${word}.ts`)))
}

/**
 * Nothing catches it: Node tells it, with where it came from.
 * @param {unknown} error
 */
function rethrow(error) {
  setImmediate(() => {
    throw error
  })
}
