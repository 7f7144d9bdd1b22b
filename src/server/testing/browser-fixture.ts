export const BROWSER_ORIGIN = "http://localhost:3000";

type Fields = Readonly<Record<string, string>>;

/** A browser's cookies and what it does with them, before a server that is a function. */
export const createBrowser = (answer: (request: Request) => Promise<Response>) => {
  const cookies = new Map<string, string>();
  const keep = (line: string): void => {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === "") cookies.delete(name);
    else cookies.set(name, value);
  };
  const send = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { ...(cookie && { cookie }), ...(init.headers as Fields) };
    const response = await answer(new Request(BROWSER_ORIGIN + path, { ...init, headers }));
    response.headers.getSetCookie().forEach(keep);
    return response;
  };
  const readToken = async (): Promise<string> =>
    ((await (await send("/api/auth/csrf")).json()) as { csrfToken: string }).csrfToken;
  /** Sends a form of ours, with its token. */
  const post = async (path: string, fields: Fields): Promise<Response> =>
    send(path, {
      method: "POST",
      headers: { origin: BROWSER_ORIGIN },
      body: new URLSearchParams({ csrfToken: await readToken(), ...fields }),
    });
  return { cookies, send, post, readToken };
};
