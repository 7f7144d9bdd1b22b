/** How many records one user may have that are not archived. */
export type Quota = { readonly botsMax: number; readonly accountsMax: number };
