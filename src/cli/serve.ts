import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { isFolder } from '../base/is-folder.js'
import { CliError } from './cli-error.js'
import { declareCommand } from './command.js'
import { text, wholeNumber } from './option.js'
import { printReport } from './report.js'

/** `stagex serve` */
export const serveCommand = declareCommand({
  name: 'serve',
  group: 'Trust',
  summary: 'Serve signatures as a lookaside',
  details: `
Serves signatures/ over HTTP as Podman, Skopeo and stagex verify read it, until Ctrl-C: on this machine alone, unless
--host says otherwise. Any web server can do the same, and on the open network it should be one that speaks HTTPS.`,
  examples: [['serve --port 8000', 'verify --signatures http://localhost:8000 then asks it']],
  options: {
    signatures: text('--signatures <folder>', 'what to serve (default: signatures/ of the tree)'),
    host: text('--host <address>', 'the address to listen at (default: 127.0.0.1)'),
    port: wholeNumber('--port <n>', 'the port, 0 for any free one (default: 8080)', 0, 65535)
  },
  run: async (context, _args, { signatures, host = '127.0.0.1', port = 8080 }) => {
    const { folderSource } = await import('../trust/sources/folder-source.js')
    const { lookasideServer } = await import('../trust/lookaside/lookaside-server.js')
    const interruption = context.interruption()
    const folder = resolve(context.cwd, signatures ?? join(context.root, 'signatures'))
    if (signatures !== undefined && !isFolder(folder)) throw noFolder(folder)
    const server = lookasideServer(folderSource(folder))
    server.listen(port, host)
    await once(server, 'listening')
    const { port: actual } = server.address() as AddressInfo
    const url = `http://${host.includes(':') ? `[${host}]` : host}:${actual}`
    printReport(context, { url, folder }, () => `${url} serves ${folder}\n`)
    if (!interruption.aborted) await once(interruption, 'abort')
    server.close()
    server.closeAllConnections()
    return 0
  }
})

function noFolder(where: string): CliError {
  const message = 'there is no such folder to serve'
  return new CliError('cli/bad-usage', message, { kind: 'usage', where })
}
