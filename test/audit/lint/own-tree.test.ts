import { expect, it } from 'vitest'
import { checkTree } from '../../../src/audit/lint/check-tree.js'
import { rules } from '../../../src/audit/lint/rules.js'
import { loadTree } from '../../../src/tree/load-tree.js'
import { formatFinding } from '../../../src/audit/lint/finding.js'
import { repository } from '../../house/repository.js'

it('finds nothing in the packages of this repository', async () => {
  const findings = await checkTree(await loadTree(repository), { rules })
  expect(findings.map(formatFinding)).toEqual([])
})
