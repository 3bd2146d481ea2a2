declare module '*?worker&url' {
  const address: string;
  export default address;
}

declare module 'virtual:world' {
  /** Address of the 1:110 million shapes. */
  export const coarse: string;
  /** Address of the 1:50 million shapes. */
  export const fine: string;
}
