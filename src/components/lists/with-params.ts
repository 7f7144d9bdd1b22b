/** The addresses of lists. */
export type ListHref = "/admin" | `/admin?${string}` | "/bots" | `/bots?${string}` | `/bots/${string}`;

type Params = Readonly<Record<string, string | null | undefined>>;

/** An address with more parameters; those without a value are left out. */
export const withParams = <Href extends string>(href: Href, params: Params): Href => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== null && value !== undefined && value !== "") search.set(name, value);
  }
  const text = search.toString();
  // The path stays the same, and with it the type of address.
  return (text === "" ? href : `${href}${href.includes("?") ? "&" : "?"}${text}`) as Href;
};

/** The parameter under which an address has what its list is searched for; "": all of it. */
export const textOf = ({ text }: Readonly<Record<string, unknown>>): string =>
  typeof text === "string" ? text.trim() : "";

/** The parameter under which an address has the cursor of its page. */
export const cursorOf = ({ from }: Readonly<Record<string, unknown>>): string | undefined =>
  typeof from === "string" && from !== "" ? from : undefined;
