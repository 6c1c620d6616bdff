/* The buffer that all programs share, as scripts/generate_BUFSIZ.sh declares it in the plainest case. */
enum { COMMON_BUFSIZE = 1024 };
extern char bb_common_bufsiz1[];
#define setup_common_bufsiz() ((void)0)
