"""Lists of schools, staff and pupils taken in, row by row. One file a kind of list."""
