/** A visitor with a cookie jar, who acts like a browser over plain HTTP, without following redirects. */
export type Visitor = {
  readonly cookies: Map<string, string>;
  get(path: string, headers?: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<Response>;
  postForm(path: string, fields: Readonly<Record<string, string>>): Promise<Response>;
  /** Signs in as the form does; returns the server's answer. */
  signIn(email: string, password: string): Promise<Response>;
  signOut(): Promise<Response>;
};

const keepCookies = (cookies: Map<string, string>, response: Response): void => {
  for (const line of response.headers.getSetCookie()) {
    const [pair = ""] = line.split(";");
    const name = pair.slice(0, pair.indexOf("="));
    const value = pair.slice(name.length + 1);
    if (value === "") cookies.delete(name);
    else cookies.set(name, value);
  }
};

export const createVisitor = (url: string, cookies = new Map<string, string>()): Visitor => {
  const send = async (path: string, { headers, ...init }: RequestInit): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const all = { ...(cookie && { cookie }), ...(headers as Readonly<Record<string, string>>) };
    const response = await fetch(url + path, { ...init, headers: all, redirect: "manual" });
    keepCookies(cookies, response);
    return response;
  };
  const get: Visitor["get"] = (path, headers = {}, signal) => send(path, { headers, ...(signal && { signal }) });
  const postForm: Visitor["postForm"] = (path, fields) =>
    send(path, { method: "POST", headers: { "sec-fetch-site": "same-origin" }, body: new URLSearchParams(fields) });
  const withToken = async (path: string, fields: Readonly<Record<string, string>>): Promise<Response> => {
    const { csrfToken } = (await (await get("/api/auth/csrf")).json()) as { csrfToken: string };
    return postForm(path, { ...fields, csrfToken, json: "true" });
  };
  return {
    cookies,
    get,
    postForm,
    signIn: (email, password) => withToken("/api/auth/callback/credentials", { email, password }),
    signOut: () => withToken("/api/auth/signout", {}),
  };
};
