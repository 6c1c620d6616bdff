// cli → publish → site audit rebuild trust upkeep → build → tree → source containerfile oci → http → base
const rooms = [
  ['cli'],
  ['publish'],
  ['site', 'audit', 'rebuild', 'trust', 'upkeep'],
  ['build'],
  ['tree'],
  ['source', 'containerfile', 'oci'],
  ['http'],
  ['base']
]

const oneWay = rooms.flatMap((row, level) =>
  row.map((room) => {
    const below = rooms.slice(level + 1).flat()
    const allowed = [room, ...below].join('|')
    return {
      name: `${room}-imports-downwards`,
      severity: 'error',
      from: { path: `^src/${room}/` },
      to: { path: '^src/', pathNot: `^src/(${allowed})/` }
    }
  })
)

module.exports = {
  forbidden: [
    ...oneWay,
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } }
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true
  }
}
