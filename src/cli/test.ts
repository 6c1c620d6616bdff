import { declareCommand } from './command.js'
export const testCommand = declareCommand({
  name: 'test',
  group: 'This machine',
  summary: 'x',
  options: {},
  run: () => Promise.resolve(0)
})
