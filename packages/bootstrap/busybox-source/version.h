#define BB_VER "1.35.0"
#define BB_EXTRA_VERSION ""
