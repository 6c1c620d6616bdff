// The first file that Node runs. A Node that is too old has to be able to read it, so it is written as JavaScript
// was in 2015; the launcher proper is read only by one that is new enough.
'use strict'
const oldest = { major: 20, minor: 19 }

if (isNewEnough(process.versions.node)) require('./launch.cjs')
else refuse()

/** @param {string} version */
function isNewEnough(version) {
  const parts = version.split('.')
  const major = Number(parts[0])
  return major > oldest.major || (major === oldest.major && Number(parts[1]) >= oldest.minor)
}

/** The script that started Node knows what to tell people. */
function refuse() {
  const environment = Object.assign({}, process.env, { STAGEX_OLD_NODE: process.version })
  const script = require('path').resolve(__dirname, '../../../stagex')
  require('child_process').spawnSync('sh', [script], { stdio: 'inherit', env: environment })
  process.exitCode = 2
}
