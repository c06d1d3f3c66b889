declare module '*?worker&url' {
  /** Address of the built worker. */
  const address: string
  // oxlint-disable-next-line import/no-default-export -- the form of the bundler's modules
  export default address
}
