const KEY = /^[\w.~+/=:-]{6,500}$/;

/** Whether a text can be a key: it goes into a header as it is, and shorter ones are no secrets. */
export const isModelKey = (text: string): boolean => KEY.test(text);

/** In words. */
export const MODEL_KEY_FORM = "6 to 500 letters, digits or signs, without spaces";
