/** How a kind of upstream project is built. */
export interface BuildTemplate {
  readonly name: string
  /** A file in the top folder that shows it. */
  readonly sign?: string
  /** Images to build in; the first that the tree has is taken. None: the source is only unpacked. */
  readonly bases: readonly string[]
  /** Images that are copied in where the tree has them. */
  readonly tools: readonly string[]
  /** Commands, in the order of execution. */
  readonly commands: readonly string[]
}

const compilers = ['pallet-gcc', 'pallet-clang', 'core-gcc', 'bootstrap-stage3']

/** In the order in which their signs are looked for: a project may have several, the particular one first. */
export const buildTemplates: readonly BuildTemplate[] = [
  {
    name: 'rust',
    sign: 'Cargo.toml',
    bases: ['pallet-rust', 'core-rust'],
    tools: [],
    commands: [
      'cargo build --release --frozen',
      'mkdir -p /rootfs/usr/bin',
      'find target/release -maxdepth 1 -type f -perm -100 -exec cp {} /rootfs/usr/bin/ \\;'
    ]
  },
  {
    name: 'go',
    sign: 'go.mod',
    bases: ['pallet-go', 'core-go'],
    tools: [],
    commands: [
      'mkdir -p /rootfs/usr/bin',
      'CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags="-s -w" -o /rootfs/usr/bin/ ./...'
    ]
  },
  {
    name: 'meson',
    sign: 'meson.build',
    bases: compilers,
    tools: ['core-meson', 'core-python', 'core-ninja', 'core-pkgconf'],
    commands: [
      'meson setup --prefix=/usr --buildtype=release build',
      'ninja -C build',
      'DESTDIR=/rootfs ninja -C build install'
    ]
  },
  {
    name: 'cmake',
    sign: 'CMakeLists.txt',
    bases: ['pallet-cmake', ...compilers],
    tools: ['core-cmake', 'core-make'],
    commands: [
      'cmake -B build -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX=/usr',
      'cmake --build build --parallel "$(nproc)"',
      'DESTDIR=/rootfs cmake --install build'
    ]
  },
  {
    name: 'autotools',
    sign: 'configure',
    bases: compilers,
    tools: ['core-make'],
    commands: ['./configure --prefix=/usr', 'make -j "$(nproc)"', 'make DESTDIR=/rootfs install']
  },
  {
    name: 'python',
    sign: 'pyproject.toml',
    bases: ['pallet-python', 'core-python'],
    tools: ['core-py-setuptools', 'core-py-build', 'core-py-installer'],
    commands: [
      'python3 -m build --wheel --no-isolation',
      'python3 -m installer --destdir=/rootfs dist/*.whl'
    ]
  },
  {
    name: 'make',
    sign: 'Makefile',
    bases: compilers,
    tools: ['core-make'],
    commands: ['make -j "$(nproc)"', 'make DESTDIR=/rootfs PREFIX=/usr install']
  }
]

/** Nothing is known but the file: it is unpacked into the image. */
export const unpackOnly: BuildTemplate = { name: 'unpack', bases: [], tools: [], commands: [] }

/** The template whose sign lies in the archive. */
export function templateFor(names: ReadonlySet<string>): BuildTemplate {
  return buildTemplates.find(({ sign }) => sign !== undefined && names.has(sign)) ?? unpackOnly
}
