/** Column names and values as SQL takes them; an object is JSON. */
export type SampleRow = Readonly<Record<string, string | number | boolean | null | object>>;

/** The n-th row of a table (n = 1, 2, 3): its own keys differ from those of the others, what it names is row 1. */
export type SampleTable = (n: number) => SampleRow;
