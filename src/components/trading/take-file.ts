/** Where the file's name does not come with it. */
const NAME = "export";
/** The answer to who has not just given the password. */
const UNCONFIRMED = 403;
const BROKEN_OFF = "The file broke off before its end, so nothing was saved. Take it again.";
const NO_FILE = "The file could not be made. Try again in a moment.";

export type TakenFile = { readonly name: string; readonly content: Blob };

type FileSource = {
  readonly fetchFile: () => Promise<Response>;
  /** Asks the person to confirm who it is where that is needed. Rejects where it was not done. */
  readonly confirm: () => Promise<unknown>;
};

const refusalOf = async (response: Response): Promise<string> => {
  const body = (await response.json().catch(() => null)) as { error?: { message?: unknown } } | null;
  const message = body?.error?.message;
  return typeof message === "string" ? message : NO_FILE;
};

const nameOf = ({ headers }: Response): string =>
  /filename="([^"]+)"/.exec(headers.get("content-disposition") ?? "")?.[1] ?? NAME;

/**
 * A file of the server, whole: a browser that is sent there would show a refusal in place of the page. The password may
 * count no more once the file is asked for: then it is asked for again, once. Rejects with words for the person.
 */
export const takeFile = async ({ fetchFile, confirm }: FileSource): Promise<TakenFile> => {
  await confirm();
  let response = await fetchFile();
  if (response.status === UNCONFIRMED) {
    await confirm();
    response = await fetchFile();
  }
  if (!response.ok) throw new Error(await refusalOf(response));
  const content = await response.blob().catch(() => {
    throw new Error(BROKEN_OFF);
  });
  return { name: nameOf(response), content };
};
