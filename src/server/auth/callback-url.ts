/** Where next-auth's own routes are: nothing to come back to. */
const API = /^\/api(\/|$)/;

const isReadable = (path: string): boolean => {
  try {
    return decodeURI(path) !== "";
  } catch {
    return false;
  }
};

/** The address of a page of ours that a browser asks to be sent to, in one spelling; null for any other. */
export const callbackUrlOf = (asked: string, publicUrl: URL): string | null => {
  if (!URL.canParse(asked, publicUrl.origin)) return null;
  const url = new URL(asked, publicUrl.origin);
  if (url.origin !== publicUrl.origin || API.test(url.pathname) || !isReadable(url.pathname)) return null;
  return `${url.origin}${url.pathname}${url.search}${url.hash}`;
};
