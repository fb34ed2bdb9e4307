/** Tests of the blog in its running containers, by what a reader of its pages and its database sees. */
@NullMarked
package blog;

import org.jspecify.annotations.NullMarked;
