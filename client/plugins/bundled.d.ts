/** The plugins in the build; vite.config.ts writes this module. */
declare module 'virtual:bundled-plugins' {
  export const bundledPlugins: import('./load.ts').BundledPlugins
}
