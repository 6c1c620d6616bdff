/* A list built and walked. */
#include "show.h"

struct node { struct node *next; int value; };
int main(void)
{
    struct node nodes[5], *head = 0, *n;
    struct node **last = &head;
    int i, sum = 0;
    for (i = 0; i < 5; i++) {
        *last = &nodes[i];
        nodes[i].value = i * i;
        nodes[i].next = 0;
        last = &nodes[i].next;
    }
    for (n = head; n; n = n->next) sum += n->value;
    show("%d %d\n", sum, head->next->next->value);
    return 0;
}
