/** The look of a book; readers put their own fonts, sizes and colours over it. */
export const STYLE = `body { line-height: 1.5; overflow-wrap: break-word }
p { margin: 0 0 .2em; white-space: pre-wrap }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 1.2em 0 .4em; break-after: avoid }
ul.tasks { list-style: none; padding-inline-start: 1.5em }
pre { padding: .6em .8em; border: 1px solid; border-radius: 4px; white-space: pre-wrap }
blockquote { margin: .4em 0; padding-inline-start: 1em; border-inline-start: 3px solid }
table { border-collapse: collapse; margin: .6em 0 }
th, td { border: 1px solid; padding: .2em .5em; text-align: start; vertical-align: top }
figure { margin: 1em 0; text-align: center; font-style: italic }
hr { margin: 1.2em 0 }
.cover { margin-top: 30%; text-align: center }
`
