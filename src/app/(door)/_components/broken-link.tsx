/** For a mailed link that was cut. */
export const BrokenLink = () => <p role="alert">This link is not whole. Open it from the mail again.</p>;
