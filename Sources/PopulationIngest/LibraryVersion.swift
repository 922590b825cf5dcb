/// Versions of the C libraries of this stage, each told by the file that owns the library.
package enum LibraryVersion {}
