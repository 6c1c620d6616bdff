/* Blocks handed out from one big array. */
#include "show.h"

static char heap[1000];
static unsigned used;
static void *get(unsigned size)
{
    void *block = heap + used;
    used += (size + 7) & ~7u;
    return used <= sizeof heap ? block : 0;
}
struct tree { struct tree *left, *right; int key; };
static struct tree *insert(struct tree *t, int key)
{
    if (!t) {
        t = get(sizeof *t);
        t->left = t->right = 0;
        t->key = key;
    } else if (key < t->key) t->left = insert(t->left, key);
    else t->right = insert(t->right, key);
    return t;
}
static void walk(const struct tree *t)
{
    if (!t) return;
    walk(t->left);
    show("%d ", t->key);
    walk(t->right);
}
int main(void)
{
    static const int keys[] = { 5, 2, 8, 1, 9, 3, 7 };
    struct tree *root = 0;
    unsigned i;
    for (i = 0; i < sizeof keys / sizeof *keys; i++) root = insert(root, keys[i]);
    walk(root);
    show("%u %d\n", used, get(900) == 0);
    return 0;
}
