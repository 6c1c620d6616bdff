// Members of all types, structures in structures, lists, and where members are.
struct Point { int x; int y; };
struct Shape {
    char kind;
    struct Point corners[2];
    char name[3];
    struct Shape* next;
    struct Point middle;
    char* text;
};
struct Byte { char only; };
struct Bytes { struct Byte a; char b; struct Byte c[3]; };
struct Later;
struct Later* later;
struct Later { int value; struct Later* self; };

struct Shape shapes[3];
struct Shape* first;
struct Later here;

struct Shape* push(struct Shape* shape) {
    shape->next = first;
    first = shape;
    return shape;
}

int main() {
    struct Shape* s;
    int i;
    for (i = 0; i < 3; i++) {
        s = push(&shapes[i]);
        s->kind = 'a' + i;
        s->corners[0].x = i;
        s->corners[1].y = i * 10;
        s->middle.x = s->corners[0].x + s->corners[1].y;
        s->name[0] = s->kind;
        s->name[1] = '\n';
        s->name[2] = 0;
        s->text = s->name;
    }
    s = first;
    while (s) {
        num(s->middle.x);
        put(s->text);
        s = s->next;
    }
    num(first->next->next->corners[0].x);
    num(sizeof(struct Point));
    num(sizeof(struct Shape));
    num(sizeof(struct Byte));
    num(sizeof(struct Bytes));
    num(sizeof(struct Shape*));
    num(sizeof(char) + sizeof(int) + sizeof(void*));
    char* start = first;
    char* member = &first->text;
    num(member - start);
    member = &first->name[1];
    num(member - start);
    struct Shape local;
    local.corners[1].x = 5;
    struct Point* corner = &local.corners[1];
    num(corner->x);
    corner->y = 6;
    num(local.corners[1].y);
    later = &here;
    later->self = later;
    later->self->self->value = 8;
    num(here.value);
    return 0;
}
