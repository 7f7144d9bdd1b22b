/** How many cases a test draws: a few, or as many as a `prove:*` command says in this variable. */
export const howMany = (variable: string, few: number): number => Number(process.env[variable] ?? few);
