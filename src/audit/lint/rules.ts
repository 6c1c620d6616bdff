import type { Rule } from './rule.js'
import { brokenPackage } from './rules/broken-package.js'
import { buildPath } from './rules/build-path.js'
import { definitionStyle } from './rules/definition-style.js'
import { dependencyCycle } from './rules/dependency-cycle.js'
import { httpOnlySource } from './rules/http-only-source.js'
import { missingDependency } from './rules/missing-dependency.js'
import { missingLibrary } from './rules/missing-library.js'
import { networkInRun } from './rules/network-in-run.js'
import { prebuiltBinary } from './rules/prebuilt-binary.js'
import { recordedDigest } from './rules/recorded-digest.js'
import { setuidFile } from './rules/setuid-file.js'
import { singleMirror } from './rules/single-mirror.js'
import { undeclaredSource } from './rules/undeclared-source.js'
import { unknownLicense } from './rules/unknown-license.js'
import { unknownPlatform } from './rules/unknown-platform.js'
import { unpinnedInput } from './rules/unpinned-input.js'
import { unusedDependency } from './rules/unused-dependency.js'
import { unusedSource } from './rules/unused-source.js'
import { uselessComment } from './rules/useless-comment.js'
import { versionFromNowhere } from './rules/version-from-nowhere.js'
import { worldWritableFile } from './rules/world-writable-file.js'

/** Every rule, in the order in which they are explained. */
export const rules: readonly Rule[] = [
  brokenPackage,
  missingDependency,
  dependencyCycle,
  versionFromNowhere,
  networkInRun,
  unpinnedInput,
  undeclaredSource,
  unusedSource,
  httpOnlySource,
  singleMirror,
  unknownLicense,
  unknownPlatform,
  definitionStyle,
  recordedDigest,
  setuidFile,
  worldWritableFile,
  buildPath,
  missingLibrary,
  prebuiltBinary,
  unusedDependency,
  uselessComment
]
