/// Versions of the libraries below the store, each told by the file that owns the library.
package enum StoreLibraries {}
