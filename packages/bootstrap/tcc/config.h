/* How TinyCC is built here: a static program for static programs, at home in /usr. */
#define TCC_VERSION "0.9.27"
#define CONFIG_TCCBOOT 1
#define CONFIG_TCC_STATIC 1
#define TCC_MUSL 1
#define CONFIG_TCCDIR "/usr/lib/tcc"
#define CONFIG_TCC_SYSINCLUDEPATHS "{B}/include:/usr/include"
#define CONFIG_TCC_LIBPATHS "/usr/lib:{B}"
#define CONFIG_TCC_CRTPREFIX "/usr/lib"
#define CONFIG_TCC_ELFINTERP "/lib/ld-musl-i386.so.1"
